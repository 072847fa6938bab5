namespace WasmWizard.BuildEngine;

/// <summary>
/// Places of a plan's targets in a drawing: columns by how much must come before, rows near what they wait for. A line that passes columns has a
/// place of its own in each, so that it never runs behind a box; lines of one kind to one target share it.
/// </summary>
internal sealed record PlanLayout(IReadOnlyList<PlanLayout.Box> Boxes, IReadOnlyDictionary<PlanEdge, IReadOnlyList<PlanLayout.Lane>> Ways, int Width, int Height)
{
    private const int BoxHeight = 44;
    private const int LaneHeight = 8;
    private const int ColumnGap = 70;
    private const int RowGap = 18;
    private const int Margin = 16;
    private const int LetterWidth = 8;
    private const int NarrowestBox = 110;

    public static PlanLayout Of(IReadOnlyList<ExecutableTarget> plan, int[][] order, IReadOnlyList<PlanEdge> edges)
    {
        var column = ColumnsOf(order);
        var targets = plan.Select((_, position) => new Place(column[position], BoxHeight, position)).ToList();
        var lanes = new Dictionary<(int To, string Kind, int Column), Place>();
        var ways = edges.ToDictionary(edge => edge, edge => WayOf(edge, targets, lanes));

        var places = new List<(int Left, int Width)>();
        var (left, height) = (Margin, 0);
        foreach (var group in targets.Concat(lanes.Values).GroupBy(place => place.Column).OrderBy(group => group.Key))
        {
            var width = Math.Max(NarrowestBox, group.Where(place => place.Position is not null).Select(place => plan[place.Position!.Value].Name.Length * LetterWidth).DefaultIfEmpty().Max() + 28);
            height = Math.Max(height, Stack(group));
            places.Add((left, width));
            left += width + ColumnGap;
        }

        return new PlanLayout(
            [.. targets.Select(place => new Box(place.Position!.Value, places[place.Column].Left, place.Top, places[place.Column].Width, BoxHeight))],
            ways.ToDictionary(way => way.Key, way => (IReadOnlyList<Lane>)[.. way.Value.Select(place => new Lane(places[place.Column].Left, places[place.Column].Left + places[place.Column].Width, place.Middle))]),
            left - ColumnGap + Margin,
            height + Margin);
    }

    /// <summary>The places of one line in the columns that it passes, made where another line to the same target has not made them.</summary>
    private static List<Place> WayOf(PlanEdge edge, List<Place> targets, Dictionary<(int To, string Kind, int Column), Place> lanes)
    {
        var way = new List<Place>();
        var last = targets[edge.From];
        for (var column = last.Column + 1; column < targets[edge.To].Column; column++)
        {
            if (!lanes.TryGetValue((edge.To, edge.Kind, column), out var lane))
                lanes.Add((edge.To, edge.Kind, column), lane = new Place(column, LaneHeight, null));
            lane.Before.Add(last);
            way.Add(lane);
            last = lane;
        }

        targets[edge.To].Before.Add(last);
        return way;
    }

    /// <summary>Sets the tops of one column's places; those of the columns before are set.</summary>
    /// <returns>Where the lowest ends.</returns>
    private static int Stack(IEnumerable<Place> places)
    {
        var free = Margin;
        foreach (var place in places.OrderBy(place => place.Before.Select(before => before.Middle).DefaultIfEmpty(int.MaxValue).Average()).ThenBy(place => place.Position ?? int.MaxValue))
        {
            place.Top = Math.Max(free, (int)place.Before.Select(before => before.Middle - (place.Height / 2)).DefaultIfEmpty(free).Average());
            free = place.Top + place.Height + RowGap;
        }

        return free - RowGap;
    }

    /// <summary>As early as can be, but what waits for nothing stands just before the first that waits for it: its line crosses nothing.</summary>
    private static int[] ColumnsOf(int[][] order)
    {
        var column = new int[order.Length];
        var next = Enumerable.Repeat(int.MaxValue, order.Length).ToArray();
        for (var position = 0; position < order.Length; position++)
            column[position] = order[position].Select(before => column[before] + 1).DefaultIfEmpty().Max();
        for (var position = 0; position < order.Length; position++)
            foreach (var before in order[position])
                next[before] = Math.Min(next[before], column[position]);
        for (var position = 0; position < order.Length; position++)
            if (order[position].Length == 0 && next[position] < int.MaxValue)
                column[position] = next[position] - 1;
        return column;
    }

    public sealed record Box(int Position, int Left, int Top, int Width, int Height)
    {
        public int Right => Left + Width;

        public int Middle => Top + (Height / 2);
    }

    /// <summary>Where a line passes a column, straight.</summary>
    public sealed record Lane(int Left, int Right, int Middle);

    /// <param name="position">The target's; null for a line that passes.</param>
    private sealed class Place(int column, int height, int? position)
    {
        public int Column => column;

        public int Height => height;

        public int? Position => position;

        public HashSet<Place> Before { get; } = [];

        public int Top { get; set; }

        public int Middle => Top + (height / 2);
    }
}

/// <summary>A line of the drawing, between places in the plan.</summary>
/// <param name="Kind"><c>needs</c>, <c>after</c> or <c>triggered</c>.</param>
internal sealed record PlanEdge(int From, int To, string Kind);
