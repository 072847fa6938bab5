// Minutes of real tools and servers: no part of what a quick experiment waits for.
[assembly: AssemblyTrait("suite", "complete")]
