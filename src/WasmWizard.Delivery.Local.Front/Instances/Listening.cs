namespace WasmWizard.Delivery.Local.Front.Instances;

/// <summary>Waits for the file in which a service writes the address that it was given by the system.</summary>
internal static class Listening
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <returns>The address; null when the process ended or the time was over before it listened.</returns>
    public static async Task<Uri?> Wait(string file, Task ended, TimeSpan within)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!ended.IsCompleted && TimeProvider.System.GetElapsedTime(began) < within)
        {
            if (File.Exists(file) && Uri.TryCreate((await File.ReadAllTextAsync(file)).Trim(), UriKind.Absolute, out var address))
                return address;
            await Task.WhenAny(ended, Task.Delay(Look));
        }

        return null;
    }
}
