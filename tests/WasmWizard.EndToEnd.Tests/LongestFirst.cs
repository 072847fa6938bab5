using Xunit.Abstractions;

[assembly: TestCollectionOrderer("WasmWizard.EndToEnd.Tests.LongestFirst", "WasmWizard.EndToEnd.Tests")]

namespace WasmWizard.EndToEnd.Tests;

/// <summary>Two collections run at a time, so the one that takes longest begins first and the others run beside it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => collection.DisplayName.Contains(nameof(ResearchDeploymentSpecs), StringComparison.Ordinal))
            .ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);
}
