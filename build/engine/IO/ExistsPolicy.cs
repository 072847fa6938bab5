namespace WasmWizard.BuildEngine.IO;

/// <summary>What copying and moving do where something exists already. A folder's and a file's rule are combined.</summary>
[Flags]
public enum ExistsPolicy
{
    /// <summary>Throw.</summary>
    Fail = 0,

    /// <summary>Keep the existing file.</summary>
    FileSkip = 1,

    /// <summary>Replace the file.</summary>
    FileOverwrite = 2,

    /// <summary>Replace the file when the source is newer.</summary>
    FileOverwriteIfNewer = 4,

    /// <summary>Add to the existing folder.</summary>
    DirectoryMerge = 8,

    /// <summary>Add to folders, keep files.</summary>
    MergeAndSkip = DirectoryMerge | FileSkip,

    /// <summary>Add to folders, replace files.</summary>
    MergeAndOverwrite = DirectoryMerge | FileOverwrite,

    /// <summary>Add to folders, replace older files.</summary>
    MergeAndOverwriteIfNewer = DirectoryMerge | FileOverwriteIfNewer,
}
