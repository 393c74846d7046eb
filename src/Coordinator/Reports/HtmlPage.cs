using System.Net;
using System.Text;

namespace Nudge.Reports;

/// <summary>A page that holds all it shows: it asks for nothing from anywhere.</summary>
/// <param name="title">Its title.</param>
/// <param name="look">Its style and scripts; null for a page of text and pictures on white.</param>
internal sealed class HtmlPage(string title, PageLook? look = null) : IReportPage
{
    private static readonly PageLook Plain = new("""
        :root { color-scheme: light; }
        body { font: 16px/1.55 "DejaVu Sans", Verdana, sans-serif; color: #222; background: #fff;
               max-width: 62rem; margin: 2.5rem auto 5rem; padding: 0 1.5rem; }
        h1 { font-size: 1.75rem; font-weight: 500; line-height: 1.25; margin: 0 0 1rem; }
        h2 { font-size: 1.25rem; font-weight: 500; margin: 3rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid #ddd; }
        h3 { font-size: 1.02rem; font-weight: 600; margin: 1.8rem 0 .5rem; }
        p, li { max-width: 46rem; }
        pre { background: #f4f6f8; border-radius: 6px; padding: .8rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere;
              font: 14px/1.5 "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        figure { margin: 1.5rem 0; }
        figure img { width: 100%; height: auto; display: block; }
        figcaption { color: #595959; font-size: .88rem; margin-top: .4rem; max-width: 46rem; }
        .wide { overflow-x: auto; margin: 1rem 0; }
        table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; }
        th { text-align: left; font-weight: 600; border-bottom: 2px solid #999; vertical-align: bottom; }
        th, td { padding: .32rem 1.1rem .32rem 0; }
        td { border-bottom: 1px solid #eee; white-space: nowrap; }
        .number { text-align: right; }
        .note { color: #595959; font-size: .88rem; }
        @media print { body { margin: 0; max-width: none; } figure, tr { break-inside: avoid; } }
        """);

    private readonly PageLook _look = look ?? Plain;
    private readonly StringBuilder _body = new();

    public void Heading(int level, string text) => _body.Append($"<h{level}>{Encoded(text)}</h{level}>\n");

    public void Paragraph(string text, string? kind = null) =>
        _body.Append(kind is null ? "<p>" : $"<p class=\"{kind}\">").Append(Encoded(text)).Append("</p>\n");

    public void Code(string text) => _body.Append($"<pre>{Encoded(text)}</pre>\n");

    public void Points(IEnumerable<string> sentences)
    {
        _body.Append("<ul>\n");
        foreach (string sentence in sentences)
            _body.Append($"<li>{Encoded(sentence)}</li>\n");
        _body.Append("</ul>\n");
    }

    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        bool[] right = [.. header.Select(cell => cell.EndsWith('#'))];
        _body.Append("<div class=\"wide\"><table>\n<thead>");
        Row("th", [.. header.Select(cell => cell.TrimEnd('#'))], right);
        _body.Append("</thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
            Row("td", row, right);
        _body.Append("</tbody>\n</table></div>\n");
    }

    public void Figure(string file, byte[] svg, string title, string caption) => _body
        .Append($"<figure><img alt=\"{Encoded(title)}\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(svg)}\">")
        .Append($"<figcaption>{Encoded(caption)}</figcaption></figure>\n");

    /// <summary>Adds HTML as it is.</summary>
    internal void Html(string html) => _body.Append(html).Append('\n');

    internal string ToText() =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encoded(title)}</title>
        {_look.Head}<style>
        {_look.Style}
        </style>
        </head>
        <body>
        {_body}{_look.Tail}</body>
        </html>

        """;

    private void Row(string tag, IReadOnlyList<string> cells, bool[] right)
    {
        _body.Append("<tr>");
        for (int i = 0; i < cells.Count; i++)
            _body.Append(right[i] ? $"<{tag} class=\"number\">" : $"<{tag}>").Append(Encoded(cells[i])).Append($"</{tag}>");
        _body.Append("</tr>\n");
    }

    /// <summary>A text as HTML, also within quotes.</summary>
    internal static string Encoded(string text) => WebUtility.HtmlEncode(text);
}

/// <summary>How a page looks, and what it does.</summary>
/// <param name="Style">Its style sheet.</param>
internal sealed record PageLook(string Style)
{
    /// <summary>HTML at the end of its head.</summary>
    internal string Head { get; init; } = "";

    /// <summary>HTML at the end of its body.</summary>
    internal string Tail { get; init; } = "";
}
