namespace Nudge.Reports;

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

/// <summary>Writes the same on two pages.</summary>
internal sealed class BothPages(IReportPage one, IReportPage other) : IReportPage
{
    public void Heading(int level, string text)
    {
        one.Heading(level, text);
        other.Heading(level, text);
    }

    public void Paragraph(string text, string? kind = null)
    {
        one.Paragraph(text, kind);
        other.Paragraph(text, kind);
    }

    public void Code(string text)
    {
        one.Code(text);
        other.Code(text);
    }

    public void Points(IEnumerable<string> sentences)
    {
        string[] all = [.. sentences];
        one.Points(all);
        other.Points(all);
    }

    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [.. rows];
        one.Table(header, all);
        other.Table(header, all);
    }

    public void Figure(string file, byte[] svg, string title, string caption)
    {
        one.Figure(file, svg, title, caption);
        other.Figure(file, svg, title, caption);
    }
}
