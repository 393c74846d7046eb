namespace Nudge.Reports.Sweeps;

/// <summary>A page that a report is written on, from its top to its end.</summary>
internal interface IReportPage
{
    void Heading(int level, string text);

    void Paragraph(string text, string? kind = null);

    void Code(string text);

    void Points(IEnumerable<string> sentences);

    /// <summary>A table; columns whose header ends with # hold numbers, at the right.</summary>
    void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows);

    /// <summary>A figure that lies beside the page as SVG and PNG.</summary>
    void Figure(string file, byte[] svg, string title, string caption);
}
