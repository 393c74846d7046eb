using System.Reflection;
using Nudge.Numerics;

namespace Nudge.Audit;

/// <summary>Finds all places where a rule, or plasticity at the synapses, could keep something.</summary>
internal sealed class StateCells
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _paths = [];
    private readonly List<StateCell> _cells = [];

    /// <summary>The places behind a rule; its own synapses are left out.</summary>
    internal static IReadOnlyList<StateCell> Of(object rule, IEnumerable<object> own)
    {
        var found = new StateCells();
        found._seen.UnionWith(own);
        found.Enter(rule.GetType().Name, rule, static _ => true);
        return found._cells;
    }

    /// <summary>The places at synapses or biases that theory §5 does not grant.</summary>
    internal static IReadOnlyList<StateCell> AtSynapses(string path, object group)
    {
        var found = new StateCells();
        found.Enter(path, group, static field => !SynapseAllowance.Grants(field));
        return found._cells;
    }

    private void Enter(string path, object owner, Func<FieldInfo, bool> counts)
    {
        if (!_seen.Add(owner))
            return;
        foreach (FieldInfo field in KnownKinds.Fields(owner.GetType()).Where(counts))
        {
            Visit(
                new(Unique($"{path}.{FieldNames.Of(field)}"), () => field.GetValue(owner), value => field.SetValue(owner, value)),
                FieldNames.IsAssignedOnce(field),
                field.IsInitOnly);
        }
    }

    // A class and its base may both have a private field of one name.
    private string Unique(string path) => _paths.Add(path) ? path : Unique(path + "′");

    private void Visit(StateCell cell, bool assignedOnce, bool constant)
    {
        object? value = cell.Get();
        Type? type = value?.GetType();
        if (type is null || type.IsValueType || KnownKinds.IsConstant(type))
        {
            if (!constant || (type is { IsValueType: true } && !KnownKinds.IsPlain(type)))
                _cells.Add(cell);
        }
        else if (value is Delegate call)
        {
            VisitDelegate(cell, call, assignedOnce);
        }
        else if (value is Array array && !KnownKinds.IsPlain(type.GetElementType()!))
        {
            VisitElements(cell.Path, array);
        }
        else if (value is Array or PanelMatrix)
        {
            if (_seen.Add(value))
                _cells.Add(cell);
        }
        else if (assignedOnce && !KnownKinds.IsOfRuntime(type))
        {
            Enter(cell.Path, value!, static _ => true);
        }
        else if (!_seen.Contains(value!))
        {
            // Whatever may be exchanged as a whole, or is the runtime's, is one place.
            _cells.Add(cell);
        }
    }

    private void VisitDelegate(StateCell cell, Delegate call, bool assignedOnce)
    {
        if (!assignedOnce)
            _cells.Add(cell);
        foreach (Delegate part in call.GetInvocationList())
        {
            if (part.Target is { } target && !KnownKinds.IsOfRuntime(target.GetType()))
                Enter(cell.Path, target, static _ => true);
        }
    }

    private void VisitElements(string path, Array array)
    {
        if (array.Rank != 1 || !_seen.Add(array))
            return;
        for (int i = 0; i < array.Length; i++)
        {
            int index = i;
            Visit(
                new($"{path}[{i}]", () => array.GetValue(index), value => array.SetValue(value, index)),
                assignedOnce: true,
                constant: false);
        }
    }
}
