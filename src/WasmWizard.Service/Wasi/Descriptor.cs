namespace WasmWizard.Service.Wasi;

/// <summary>What a guest's file descriptor stands for. There are no files, directories or sockets: nothing is pre-opened.</summary>
internal enum Descriptor
{
    Closed,
    Input,
    Output,
    ErrorOutput,
}
