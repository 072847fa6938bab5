namespace WasmWizard.Delivery.GitHub.Workflows;

/// <summary>One job per value; the value is <c>matrix.NAME</c>. One that fails ends no other.</summary>
public sealed record Matrix(string Name, IReadOnlyList<string> Values);
