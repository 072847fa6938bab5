using WasmWizard.Delivery.Local.Front.Hosting;

namespace WasmWizard.Delivery.Local.Tests.Front;

public sealed class FrontLogSpecs
{
    [Fact]
    public void After_its_end_a_front_writes_nothing_into_a_folder_that_may_go()
    {
        var folder = Directory.CreateTempSubdirectory("front-log-");
        var file = Path.Combine(folder.FullName, "front.log");
        var log = new FrontLog(file);
        log.Write("the front ends");
        Assert.EndsWith("the front ends", File.ReadAllText(file).TrimEnd(), StringComparison.Ordinal);
        log.Dispose();
        File.Delete(file);

        log.Write("a-1 ended by signal 9");

        Assert.False(File.Exists(file));
        folder.Delete();
    }
}
