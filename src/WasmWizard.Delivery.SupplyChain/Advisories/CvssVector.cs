using WasmWizard.Delivery.Gates.Audit;

namespace WasmWizard.Delivery.SupplyChain.Advisories;

/// <summary>Rates a vulnerability by the base metrics of a CVSS 3.0 or 3.1 vector (first.org/cvss/v3.1/specification-document, section 7.1).</summary>
public static class CvssVector
{
    /// <param name="vector">E.g. <c>CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H</c>; other metrics than the base ones are passed over.</param>
    /// <returns><see cref="Severity.Unknown"/> for anything that is not a whole vector. A score of 0 counts as low.</returns>
    public static Severity Rate(string vector) => BaseScore(vector) switch
    {
        null => Severity.Unknown,
        >= 9.0 => Severity.Critical,
        >= 7.0 => Severity.High,
        >= 4.0 => Severity.Medium,
        _ => Severity.Low,
    };

    /// <summary>0.0 to 10.0 in steps of 0.1; null for anything that is not a whole vector.</summary>
    public static double? BaseScore(string vector)
    {
        var parts = vector.Split('/');
        if (parts[0] is not ("CVSS:3.0" or "CVSS:3.1"))
            return null;
        var metrics = new Dictionary<string, string>();
        foreach (var pair in parts.Skip(1).Select(part => part.Split(':')))
            if (pair.Length != 2 || !metrics.TryAdd(pair[0], pair[1]))
                return null;
        var changed = metrics.GetValueOrDefault("S") == "C";
        double?[] found =
        [
            Of("AV", ("N", 0.85), ("A", 0.62), ("L", 0.55), ("P", 0.2)),
            Of("AC", ("L", 0.77), ("H", 0.44)),
            Of("PR", ("N", 0.85), ("L", changed ? 0.68 : 0.62), ("H", changed ? 0.5 : 0.27)),
            Of("UI", ("N", 0.85), ("R", 0.62)),
            Of("S", ("U", 0), ("C", 1)),
            Of("C", ("H", 0.56), ("L", 0.22), ("N", 0)),
            Of("I", ("H", 0.56), ("L", 0.22), ("N", 0)),
            Of("A", ("H", 0.56), ("L", 0.22), ("N", 0)),
        ];
        if (found.Any(weight => weight is null))
            return null;
        double[] weights = [.. found.Select(weight => weight!.Value)];
        var loss = 1 - ((1 - weights[5]) * (1 - weights[6]) * (1 - weights[7]));
        var impact = changed ? (7.52 * (loss - 0.029)) - (3.25 * Math.Pow(loss - 0.02, 15)) : 6.42 * loss;
        var exploitability = 8.22 * weights[0] * weights[1] * weights[2] * weights[3];
        return impact <= 0 ? 0 : RoundUp(Math.Min(10, (changed ? 1.08 : 1) * (impact + exploitability)));

        double? Of(string metric, params (string Value, double Weight)[] table) =>
            metrics.TryGetValue(metric, out var value) && table.Any(row => row.Value == value) ? table.First(row => row.Value == value).Weight : null;
    }

    /// <summary>To the next tenth, on integers: the specification's own way around the errors of binary fractions.</summary>
    private static double RoundUp(double score)
    {
        var scaled = (int)Math.Round(score * 100_000);
        return scaled % 10_000 == 0 ? scaled / 100_000.0 : ((scaled / 10_000) + 1) / 10.0;
    }
}
