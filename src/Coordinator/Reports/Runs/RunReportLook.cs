using System.Text;
using System.Text.RegularExpressions;

namespace Nudge.Reports.Runs;

/// <summary>
/// Style and scripts of a run's report. Its charts are those of the page of a running network: the same modules, put into the page
/// as data, since a page that is opened as a file may not load others.
/// </summary>
internal static partial class RunReportLook
{
    // In the order of their dependence, which is no matter to the browser.
    private static readonly string[] Modules = ["format.js", "theme.js", "charts.js", "curve.js", "bars.js", "report.js"];

    /// <summary>The look of a page.</summary>
    /// <param name="data">The numbers of its charts, as JSON in which no character ends an element.</param>
    internal static PageLook Of(string data)
    {
        string map = string.Join(",\n", Modules.Select(name => $"\"nudge/{name}\": \"data:text/javascript;base64,{Encoded(name)}\""));
        return new(PageAssets.Text("colours.css") + PageAssets.Text("report.css"))
        {
            // Whatever the files of a run hold: nothing is asked of any network.
            Head = """
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' data:; img-src data:">
                <meta name="color-scheme" content="light dark">
                <link rel="icon" href="data:,">

                """,
            Tail = $$"""
                <script type="application/json" id="data">{{data}}</script>
                <script>/* Apache ECharts, licensed under the Apache License, Version 2.0. */
                {{PageAssets.Text("echarts.js")}}</script>
                <script type="importmap">{"imports": {
                {{map}}
                } }</script>
                <script type="module">import 'nudge/report.js';</script>

                """,
        };
    }

    // Names of modules within data have no folder that they could be relative to.
    private static string Encoded(string name) => Convert.ToBase64String(
        Encoding.UTF8.GetBytes(Import().Replace(PageAssets.Text(name), "from 'nudge/$1'")));

    [GeneratedRegex(@"from '\./([a-z-]+\.js)'")]
    private static partial Regex Import();
}
