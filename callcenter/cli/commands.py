"""Every command that a person types: `callcenter run`, `callcenter admin` and so on."""

import typer

from callcenter.cli import admin, asterisk, imports, jobs, outbound
from callcenter.cli.demo import demo
from callcenter.cli.place import place
from callcenter.cli.run import run
from callcenter.rehearsal.cli import rehearse_command

app = typer.Typer(
    help="客户关怀与救援派单中心。 Customer-care and rescue-dispatch centre.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(run)
app.command()(demo)
app.command()(place)
app.command(name="rehearse")(rehearse_command)
app.add_typer(admin.app, name="admin")
app.add_typer(jobs.app, name="jobs")
app.add_typer(outbound.app, name="outbound")
app.add_typer(asterisk.app, name="asterisk")
app.add_typer(imports.app, name="import")
app.add_typer(imports.export_app, name="export")
