using WasmWizard.Delivery.SupplyChain.Tools;

namespace WasmWizard.Delivery.SupplyChain.Tests;

/// <summary>A test that needs commands of the machine; where one is absent it is reported as skipped with the name, which master does not accept.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        Tools = tools;
        if (tools.FirstOrDefault(tool => Tool.Find(tool) is null) is { } absent)
            Skip = $"{absent} is not on PATH";
    }

    public string[] Tools { get; }
}
