using System.Diagnostics;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Metrics;

/// <summary>Gauges about the process and its disk, read at each scrape.</summary>
internal static class ProcessMetrics
{
    public static void Attach(ServiceMetrics metrics, ServiceSettings settings)
    {
        metrics.BuildInfo.WithLabels(settings.Release.Version, settings.Release.Commit, settings.Release.Digest).Set(1);
        metrics.OnScrape(() =>
        {
            using var process = Process.GetCurrentProcess();
            metrics.ResidentMemory.Set(process.WorkingSet64);
            metrics.ProcessorTime.IncTo(process.TotalProcessorTime.TotalSeconds);
            if (Directory.Exists(settings.DataPath))
                metrics.DataPathFree.Set(new DriveInfo(settings.DataPath).AvailableFreeSpace);
            metrics.LastBackup.Set(settings.BackupReceiptFile is { } receipt && File.Exists(receipt)
                ? new DateTimeOffset(File.GetLastWriteTimeUtc(receipt)).ToUnixTimeSeconds()
                : 0);
        });
    }
}
