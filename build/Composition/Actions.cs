using WasmWizard.Delivery.GitHub.Actions;

/// <summary>The target UpdateActions: ask, lock, generate.</summary>
public static class Actions
{
    public static async Task Update(IUpdateActions build)
    {
        var (workspace, platform) = (build.Workspace, Platform.Open(build));
        var file = workspace.Root / ActionLock.Path;
        var updates = await new ActionUpdates(platform.Api).Find(ActionLock.Parse(File.ReadAllText(file)), EngineSeam.CancellationOf(build));
        foreach (var update in updates)
            Log.Information("{Update:l}", update.ToString());
        File.WriteAllText(file, ActionUpdates.Apply(updates));
        new GeneratedOutputs(workspace, EngineSeam.TargetsOf(build), EngineSeam.SchemaOf(build)).Write();
        var open = updates.Count(update => update is ActionUpdate.Moved or ActionUpdate.Unknown);
        if (open > 0)
            build.FailUnlessZero(GateConclusion.GateExitCode, $"{open} actions were left as they are; required: an answer about each. Next: ./build.sh UpdateActions");
    }
}
