using System.Globalization;
using System.Text;

namespace Nudge.State;

/// <summary>The sections that are open, from the root inwards: where a fault is, and which tags were used.</summary>
internal sealed class OpenSections
{
    private Frame[] _frames = new Frame[16];
    private int _depth;

    /// <summary>The innermost section.</summary>
    internal ref Frame Top => ref _frames[_depth];

    internal int Depth => _depth;

    /// <summary>Opens a section; one without a name is an item of a list.</summary>
    internal void Push(string? name, int index = 0)
    {
        if (++_depth == _frames.Length)
            Array.Resize(ref _frames, 2 * _depth);
        _frames[_depth] = new() { Name = name, Index = index };
    }

    internal void Pop() => _depth--;

    /// <summary>Refuses a tag that does not ascend, which is an error of the program and not of the data.</summary>
    internal void Use(int tag, string name, bool ahead = false)
    {
        ref Frame top = ref Top;
        if (tag <= top.Asked)
        {
            throw new InvalidOperationException(
                $"{Path(name)}: tag {tag} follows tag {top.Asked}; the tags of a section are positive and ascend.");
        }

        top.Asked = ahead ? tag - 1 : tag;
    }

    internal InvalidDataException Fault(string? item, string message) => new($"{Path(item)}: {message}");

    internal string Path(string? item)
    {
        var path = new StringBuilder();
        for (int depth = 1; depth <= _depth; depth++)
        {
            Frame frame = _frames[depth];
            if (frame.Name is null)
                path.Append(CultureInfo.InvariantCulture, $"[{frame.Index}]");
            else
                Append(path, frame.Name);
        }

        if (item is not null)
            Append(path, item);
        return path.Length == 0 ? "state" : path.ToString();
    }

    private static void Append(StringBuilder path, string expression)
    {
        if (path.Length > 0)
            path.Append('.');
        path.Append(Plain(expression));
    }

    // The name of an item is the expression that was passed: "ref _count" is shown as "count", "Weights" as "weights".
    private static string Plain(string expression)
    {
        string name = expression.StartsWith("ref ", StringComparison.Ordinal) ? expression[4..] : expression;
        name = name.TrimStart('_');
        return name.Length == 0 ? expression : char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>One open section.</summary>
    internal struct Frame
    {
        internal string? Name;
        internal int Index;

        /// <summary>The last tag that the program used.</summary>
        internal int Asked;

        /// <summary>The last tag that was found in the stream.</summary>
        internal int Found;
    }
}
