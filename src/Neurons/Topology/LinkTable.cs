using System.Collections;

namespace Nudge.Topology;

/// <summary>
/// All links of a topology. Every source slice of a projection has a link to every target slice, so a link follows from
/// its number, and none of them is kept.
/// </summary>
internal sealed class LinkTable : IReadOnlyList<LinkPlan>
{
    private readonly List<Block> _blocks = [];

    /// <param name="projections">The projections, by number.</param>
    /// <param name="slicesOf">The slices of each population.</param>
    internal LinkTable(IReadOnlyList<ProjectionPlan> projections, SlicePlan[][] slicesOf)
    {
        var slots = new Dictionary<int, int>();
        foreach (ProjectionPlan projection in projections.Where(projection => !projection.IsWithin))
        {
            int slot = slots.GetValueOrDefault(projection.Target.Index);
            slots[projection.Target.Index] = slot + 1;
            _blocks.Add(new(projection, Count, slot, slicesOf[projection.Source.Index], slicesOf[projection.Target.Index]));
            Count += _blocks[^1].Count;
        }
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public LinkPlan this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            foreach (Block block in _blocks)
            {
                if (index < block.First + block.Count)
                    return block.At((index - block.First) / block.Targets.Length, (index - block.First) % block.Targets.Length);
            }

            throw new ArgumentOutOfRangeException(nameof(index));
        }
    }

    /// <inheritdoc/>
    public IEnumerator<LinkPlan> GetEnumerator()
    {
        foreach (Block block in _blocks)
        {
            for (int source = 0; source < block.Sources.Length; source++)
            {
                for (int target = 0; target < block.Targets.Length; target++)
                    yield return block.At(source, target);
            }
        }
    }

    /// <summary>The links that leave a slice, by number.</summary>
    internal IEnumerable<LinkPlan> From(SlicePlan slice)
    {
        foreach (Block block in _blocks)
        {
            if (block.Projection.Source.Index != slice.Population.Index)
                continue;
            for (int target = 0; target < block.Targets.Length; target++)
                yield return block.At(slice.Index - block.Sources[0].Index, target);
        }
    }

    /// <summary>The links that arrive at a slice, by number.</summary>
    internal IEnumerable<LinkPlan> To(SlicePlan slice)
    {
        foreach (Block block in _blocks)
        {
            if (block.Projection.Target.Index != slice.Population.Index)
                continue;
            for (int source = 0; source < block.Sources.Length; source++)
                yield return block.At(source, slice.Index - block.Targets[0].Index);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The links of one direction of a projection; the slices of a population have consecutive numbers.</summary>
    private sealed record Block(ProjectionPlan Projection, int First, int Slot, SlicePlan[] Sources, SlicePlan[] Targets)
    {
        internal int Count => checked(Sources.Length * Targets.Length);

        internal LinkPlan At(int source, int target) =>
            new(First + (source * Targets.Length) + target, Projection, Sources[source], Targets[target], Slot, source);
    }
}
