using WasmWizard.Delivery.Checking.Reading;

namespace WasmWizard.Delivery.Checking.Rules;

/// <summary>A share that is divided series by series, so that each one meets itself.</summary>
internal sealed class SelfDivision : CheckRule
{
    public override string Id => "WW6603";

    public override string Title => "An alert divides each series by itself";

    public override string Required => "a share of all is a sum over a sum: rate(a{status=~\"5..\"}) / rate(a) pairs equal labels, and every answer is 1";

    protected override IEnumerable<Place> Inspect(Repository repository) =>
        from file in repository.AlertFiles
        from rule in file.Rules
        let expression = rule["expr"]
        where new PromQuery(expression.Value).DividesBySelf
        select new Place(file.File.Path, expression.Line, $"{rule["alert"].Value}{rule["record"].Value}: {expression.Value.Trim()}", "sum(rate(…{…}[5m])) / sum(rate(…[5m]))");
}
