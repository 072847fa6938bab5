using WasmWizard.Delivery.Gates;

/// <summary>The gate migrations.</summary>
public interface IMigrations : IWorkspace
{
    [Parameter("Let Migrations add new migrations to the file of locked checksums")]
    bool Lock => TryGetValue<bool?>(() => Lock) ?? false;

    Target Migrations => _ => _
        .Description("Lint the migrations, hold them against their locked checksums (--lock: add new ones)")
        .Unless(() => Workspace.IsMeasured(InvokedTargets.Contains(Migrations), GateId.Migrations), "evidence about this tree is at hand")
        .ProceedAfterFailure()
        .Produces(Workspace.Artifacts / "migrations" / "*")
        .Executes(() => this.Conclude(new MigrationsFolder(Workspace).Run(Lock)));
}
