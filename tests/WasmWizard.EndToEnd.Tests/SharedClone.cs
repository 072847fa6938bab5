namespace WasmWizard.EndToEnd.Tests;

/// <summary>One clone, whose build program is compiled once, for everything that leaves its files and its environments as they are.</summary>
[CollectionDefinition(Name)]
public sealed class SharedClone : ICollectionFixture<FreshClone>
{
    public const string Name = "one clone for many commands";
}
