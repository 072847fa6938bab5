/// <summary>The actions that workflows use, each locked to one commit.</summary>
public interface IUpdateActions : IGenerate
{
    Target UpdateActions => _ => _
        .Description("Lock every action to its newest release, and write the workflows again")
        .Alone()
        .Executes(async () => await Actions.Update(this));
}
