namespace WasmWizard.BuildEngine;

/// <summary>Places of a plan's targets in a drawing: columns by how much must come before, rows near what they wait for.</summary>
internal sealed record PlanLayout(IReadOnlyList<PlanLayout.Box> Boxes, int Width, int Height)
{
    private const int BoxHeight = 44;
    private const int ColumnGap = 70;
    private const int RowGap = 18;
    private const int Margin = 16;
    private const int Swing = 56;
    private const int LetterWidth = 8;
    private const int NarrowestBox = 110;

    /// <summary>How far a line has to swing out of the straight way, so that it is seen beside the boxes between its ends; 0 where there are none.</summary>
    public int Bow(Box start, Box end)
    {
        var isBehind = Boxes.Any(box => box.Left > start.Right && box.Right < end.Left && Math.Abs(box.Middle - start.Middle) < BoxHeight && Math.Abs(box.Middle - end.Middle) < BoxHeight);
        if (!isBehind)
            return 0;
        return start.Top > BoxHeight + Margin ? -Swing : Swing;
    }

    public static PlanLayout Of(IReadOnlyList<ExecutableTarget> plan, HashSet<int>[] order)
    {
        var column = ColumnsOf(order);
        var middle = new double[plan.Count];
        var boxes = new List<Box>();
        var (left, height) = (Margin, 0);
        foreach (var group in Enumerable.Range(0, plan.Count).GroupBy(position => column[position]).OrderBy(group => group.Key))
        {
            var width = Math.Max(NarrowestBox, group.Max(position => plan[position].Name.Length * LetterWidth) + 28);
            var top = (double)Margin;
            foreach (var position in group.OrderBy(position => order[position].Select(before => middle[before]).DefaultIfEmpty(double.MaxValue).Average()).ThenBy(position => position))
            {
                top = Math.Max(top, Math.Floor(order[position].Select(before => middle[before] - (BoxHeight / 2)).DefaultIfEmpty(top).Average()));
                middle[position] = top + (BoxHeight / 2);
                boxes.Add(new Box(position, left, (int)top, width, BoxHeight));
                top += BoxHeight + RowGap;
            }

            height = Math.Max(height, (int)top);
            left += width + ColumnGap;
        }

        return new PlanLayout([.. boxes.OrderBy(box => box.Position)], left - ColumnGap + Margin, height - RowGap + Margin + (RowGap / 2));
    }

    /// <summary>As early as can be, but what waits for nothing stands just before the first that waits for it: its line crosses nothing.</summary>
    private static int[] ColumnsOf(HashSet<int>[] order)
    {
        var column = new int[order.Length];
        var next = Enumerable.Repeat(int.MaxValue, order.Length).ToArray();
        for (var position = 0; position < order.Length; position++)
            column[position] = order[position].Select(before => column[before] + 1).DefaultIfEmpty().Max();
        for (var position = 0; position < order.Length; position++)
            foreach (var before in order[position])
                next[before] = Math.Min(next[before], column[position]);
        for (var position = 0; position < order.Length; position++)
            if (order[position].Count == 0 && next[position] < int.MaxValue)
                column[position] = next[position] - 1;
        return column;
    }

    public sealed record Box(int Position, int Left, int Top, int Width, int Height)
    {
        public int Right => Left + Width;

        public int Middle => Top + (Height / 2);
    }
}
