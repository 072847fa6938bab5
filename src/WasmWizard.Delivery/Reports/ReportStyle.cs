namespace WasmWizard.Delivery.Reports;

/// <summary>How the page looks.</summary>
internal static class ReportStyle
{
    public static Html Sheet { get; } = Html.Of($$"""
        <style>
        :root { --page: #f6f6f3; --card: #ffffff; --ink: #1d1f23; --soft: #5f656e; --line: #e2e2dc; --track: #ecece7;
          --passed: #177245; --refused: #b62a20; --inconclusive: #8a5a00; --errored: #7432c8; --accent: #2c5cc5; }
        @media (prefers-color-scheme: dark) { :root { --page: #121316; --card: #1a1c20; --ink: #e7e7e4; --soft: #9ba1aa; --line: #2d3036; --track: #292c31;
          --passed: #4cc38a; --refused: #ff8076; --inconclusive: #e3b341; --errored: #c49bff; --accent: #7ea6ff; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
        main { max-width: 1120px; margin: 0 auto; padding: 32px 20px 48px; }
        header, section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 22px 26px; margin-bottom: 18px; }
        header { border-top: 4px solid var(--passed); }
        header.blocked { border-top-color: var(--refused); }
        .product { margin: 0; color: var(--soft); letter-spacing: .02em; }
        h1 { margin: 2px 0 14px; font-size: 30px; line-height: 1.2; font-weight: 650; }
        .answer { color: var(--passed); }
        .blocked .answer { color: var(--refused); }
        h2 { margin: 0; font-size: 18px; font-weight: 650; }
        .about { margin: 2px 0 14px; color: var(--soft); }
        .none { margin: 0; color: var(--soft); }
        .facts { display: flex; flex-wrap: wrap; gap: 6px 36px; margin: 0; }
        .facts dt { color: var(--soft); font-size: 13px; }
        .facts dd { margin: 0; }
        .remedies { margin-top: 18px; padding-top: 16px; border-top: 1px solid var(--line); }
        .remedies ol { margin: 8px 0 0; padding-left: 22px; }
        .remedies li { margin: 4px 0; }
        code { font: 13px/1.5 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        .remedies code, .none code, footer code, p code { background: var(--track); border-radius: 4px; padding: 1px 5px; }
        .remedies code { display: inline-block; }
        .scroll { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: 14px; }
        thead th { color: var(--soft); font-weight: 500; font-size: 13px; }
        th, td { text-align: left; vertical-align: top; padding: 8px 14px 8px 0; border-bottom: 1px solid var(--line); }
        tbody tr:last-child > * { border-bottom: 0; }
        tbody th { font-weight: 600; white-space: nowrap; }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .when { white-space: nowrap; color: var(--soft); font-variant-numeric: tabular-nums; }
        tr.blocks th { box-shadow: inset 3px 0 var(--refused); padding-left: 10px; }
        .verdict { white-space: nowrap; font-weight: 600; }
        .verdict b { display: inline-block; width: 1.1em; text-align: center; }
        .passed { color: var(--passed); } .refused { color: var(--refused); } .errored { color: var(--errored); } .inconclusive { color: var(--inconclusive); }
        .strength { display: block; white-space: nowrap; }
        .demand, .fix, .where { display: block; color: var(--soft); font-size: 13px; }
        .fix::before { content: "→ "; }
        .gates td:nth-child(4) { min-width: 260px; overflow-wrap: anywhere; }
        .gates td:nth-child(3) { min-width: 160px; }
        .severity { font-weight: 600; font-size: 13px; white-space: nowrap; }
        .severity.critical, .severity.high { color: var(--refused); } .severity.medium, .severity.unknown { color: var(--inconclusive); } .severity.low { color: var(--soft); }
        .plot { display: block; width: 100%; min-width: 760px; height: auto; }
        .plot text { fill: var(--ink); font-size: 13px; }
        .plot .tick { fill: var(--soft); font-size: 12px; }
        .plot .took { font-variant-numeric: tabular-nums; }
        .plot .all text { font-weight: 650; }
        .plot path { fill: none; stroke: var(--line); stroke-width: 1; }
        .plot .axis { stroke: var(--soft); }
        .plot .zero { stroke: var(--soft); }
        .plot .cut { stroke: var(--soft); stroke-dasharray: 2 5; }
        .plot .limit { stroke: var(--refused); stroke-width: 1.5; stroke-dasharray: 5 3; }
        .plot .track { fill: var(--track); }
        .plot .bar.passed { fill: var(--passed); } .plot .bar.refused { fill: var(--refused); } .plot .bar.inconclusive { fill: var(--inconclusive); } .plot .bar.errored { fill: var(--errored); }
        .plot .bar.neutral, .plot .median.neutral { fill: var(--accent); }
        .plot .dot { fill: var(--accent); fill-opacity: .4; } .plot .dot.refused { fill: var(--refused); } .plot .median.refused { fill: var(--refused); }
        footer { color: var(--soft); padding: 4px 6px; }
        @media (max-width: 700px) {
          .gates, .gates tbody { display: block; } .gates thead { display: none; }
          .gates tr { display: grid; grid-template-columns: auto 1fr; gap: 2px 14px; padding: 8px 0 8px 10px; border-bottom: 1px solid var(--line); } .gates tr:last-child { border-bottom: 0; }
          .gates th, .gates td { padding: 0; border: 0; } .gates tr.blocks { box-shadow: inset 3px 0 var(--refused); } .gates tr.blocks th { box-shadow: none; padding: 0; }
          .gates td:nth-child(3), .gates td:nth-child(4) { grid-column: 1 / -1; min-width: 0; } .gates .strength { display: inline; } .gates .demand { display: inline; } .gates .demand::before { content: ": "; } .gates .when::before { content: "From: "; } .gates .number:empty { display: none; }
        }
        @media (max-width: 600px) { header, section { padding: 18px 16px; border-radius: 8px; } main { padding: 12px 8px 32px; } }
        @media print { body { background: #fff; } header, section { break-inside: avoid; } }
        </style>
        """);
}
