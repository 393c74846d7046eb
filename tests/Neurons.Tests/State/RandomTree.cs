using System.Globalization;
using CsCheck;
using Nudge.State;

namespace Nudge.Neurons.Tests.State;

/// <summary>A section of random items, of which some were added by a later version.</summary>
internal sealed class RandomTree(IReadOnlyList<RandomTree.Entry> entries) : IStateful
{
    internal static readonly Gen<RandomTree> Gen = Tree(3);

    internal enum Shape
    {
        Integer,
        Number,
        Text,
        Floats,
        Section,
        List,
        Optional,
    }

    private string Content => string.Join(';', entries.Select(entry => $"{entry.Tag}={entry.Content()}"));

    /// <summary>The same tree with the values that a new object has.</summary>
    internal RandomTree Blank() => new([.. entries.Select(entry => entry.Blank())]);

    /// <summary>The tree of the version before.</summary>
    internal RandomTree Older() => new([.. entries.Where(entry => !entry.Added).Select(entry => entry.Older())]);

    /// <summary>The tree with what was added at the values that a new object has.</summary>
    internal RandomTree WithoutAdded() =>
        new([.. entries.Select(entry => entry.Added ? entry.Blank() : entry.WithoutAdded())]);

    public void Describe(StateSection state)
    {
        foreach (Entry entry in entries)
        {
            if (!entry.Added || state.Has(entry.Tag))
                entry.Describe(state);
        }
    }

    public override string ToString() => Content;

    private static Gen<RandomTree> Tree(int depth)
    {
        Gen<Shape> shape = depth == 0 ? CsCheck.Gen.Enum<Shape>().Where(s => s < Shape.Section) : CsCheck.Gen.Enum<Shape>();
        Gen<RandomTree[]> children = depth == 0 ? CsCheck.Gen.Const(Array.Empty<RandomTree>()) : Tree(depth - 1).Array[0, 3];
        Gen<Entry> entry = CsCheck.Gen.Select(
            CsCheck.Gen.Int[1, 200], shape, CsCheck.Gen.Bool, CsCheck.Gen.Long, CsCheck.Gen.Float.Array[0, 4], children,
            (step, kind, added, number, floats, trees) => new Entry(step, kind, added)
            {
                Number = number,
                Floats = floats,
                Children = kind == Shape.List ? trees : [.. trees.Take(1)],
            });
        return entry.Array[0, 5].Select(Numbered);
    }

    private static RandomTree Numbered(Entry[] steps)
    {
        int tag = 0;
        return new([.. steps.Select(step => step with { Tag = tag += step.Tag })]);
    }

    /// <summary>One item.</summary>
    internal sealed record Entry(int Tag, Shape Shape, bool Added)
    {
        private const long Default = 1234;

        internal long Number { get; set; }

        internal required float[] Floats { get; init; }

        internal required RandomTree[] Children { get; set; }

        internal Entry Blank() => this with
        {
            Number = Default,
            Floats = [.. Floats.Select(_ => 0.5f)],
            Children = Shape == Shape.Optional ? [] : [.. Children.Select(child => child.Blank())],
            Template = Children,
        };

        internal Entry Older() => With(child => child.Older());

        internal Entry WithoutAdded() => With(child => child.WithoutAdded());

        internal string Content() => Shape switch
        {
            Shape.Integer or Shape.Number or Shape.Text => Number.ToString(CultureInfo.InvariantCulture),
            Shape.Floats => string.Join(',', Floats.Select(BitConverter.SingleToUInt32Bits)),
            _ => $"[{string.Join('|', Children.Select(child => child.Content))}]",
        };

        internal void Describe(StateSection state)
        {
            switch (Shape)
            {
                case Shape.Integer:
                    Number = state.Item(Tag, Number);
                    break;
                case Shape.Number:
                    Number = BitConverter.DoubleToInt64Bits(state.Item(Tag, BitConverter.Int64BitsToDouble(Number)));
                    break;
                case Shape.Text:
                    string text = state.Item(Tag, Number.ToString(CultureInfo.InvariantCulture));
                    Number = long.Parse(text, CultureInfo.InvariantCulture);
                    break;
                case Shape.Floats:
                    state.Floats(Tag, Floats);
                    break;
                case Shape.Optional:
                    RandomTree? child = state.Optional(Tag, "optional", Children.FirstOrDefault(), () => Template[0].Blank());
                    Children = child is null ? [] : [child];
                    break;
                case Shape.Section:
                    state.Section(Tag, "section", Children.FirstOrDefault() ?? new RandomTree([]));
                    break;
                default:
                    state.List(Tag, "list", Children);
                    break;
            }
        }

        private RandomTree[] Template { get; init; } = [];

        private Entry With(Func<RandomTree, RandomTree> change) => this with
        {
            Floats = [.. Floats],
            Children = [.. Children.Select(change)],
        };
    }
}
