"""`verbale serve`: the record as web pages."""

from pathlib import Path

import click

from verbale.errors import BadInput
from verbale.views.commands.options import record_file, record_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="Where to listen.")
@click.option("--port", default=8651, show_default=True, type=click.IntRange(0, 65535), metavar="PORT", help="Port.")
@click.option("--token", envvar="VERBALE_TOKEN", metavar="TOKEN", help="Asked for as password (or $VERBALE_TOKEN).")
@click.option("--allow-host", multiple=True, metavar="NAME", help="A host name that browsers may ask for.")
@record_option
def serve(host: str, port: int, token: str | None, allow_host: tuple[str, ...], record_path: str | None) -> None:
    """Show the record as web pages, for this machine alone. Listening for other machines needs a --token, and the
    name they ask for as --allow-host. A record that is not there yet is made: paste an article on the first page.
    """
    import uvicorn

    from verbale.views.web.app import app
    from verbale.views.web.guard import LOOPBACK

    if host not in ("127.0.0.1", "localhost", "::1") and not token:
        raise BadInput(f"listening on {host} shows the record to other machines; give a --token, or leave --host out")
    path: Path = record_file(record_path)
    pages = app(path, (*LOOPBACK, *(name.lower() for name in allow_host)), token)
    click.echo(f"{path} at http://{host}:{port}  (stop with Ctrl-C)", err=True)
    uvicorn.run(pages, host=host, port=port, log_level="warning", server_header=False)
