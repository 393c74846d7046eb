using System.Reflection;

namespace Nudge.Audit;

/// <summary>Something that can be reached from a rule.</summary>
/// <param name="Path">The way to it, from the rule's type on.</param>
/// <param name="Value">What is there.</param>
internal readonly record struct Reached(string Path, object Value);

/// <summary>All objects that can be reached from a rule through fields, elements of arrays and captures of delegates.</summary>
internal static class ObjectGraph
{
    /// <summary>Walks from a root; constants are not entered, and neither is what the caller excludes.</summary>
    /// <param name="root">Where to begin.</param>
    /// <param name="known">Objects that are left out.</param>
    /// <param name="enters">Whether an object is looked into.</param>
    internal static List<Reached> From(object root, IEnumerable<object> known, Func<object, bool> enters)
    {
        var seen = new HashSet<object>(known, ReferenceEqualityComparer.Instance);
        var found = new List<Reached>();
        var waiting = new Queue<Reached>();
        Meet(root.GetType().Name, root);
        while (waiting.TryDequeue(out Reached next))
        {
            found.Add(next);
            if (enters(next.Value))
                Enter(next);
        }

        return found;

        void Meet(string path, object? value)
        {
            if (value is Pointer || value is null || KnownKinds.IsConstant(value.GetType()))
                return;
            if (value.GetType().IsValueType)
                Enter(new(path, value));
            else if (seen.Add(value))
                waiting.Enqueue(new(path, value));
        }

        void Enter(Reached at)
        {
            switch (at.Value)
            {
                case Delegate call:
                    foreach (Delegate part in call.GetInvocationList())
                        Meet(at.Path, part.Target);
                    break;
                case Array array:
                    EnterArray(at.Path, array);
                    break;
                default:
                    foreach (FieldInfo field in KnownKinds.Fields(at.Value.GetType()))
                    {
                        if (!KnownKinds.IsPlain(field.FieldType) && !field.FieldType.IsPointer)
                            Meet($"{at.Path}.{FieldNames.Of(field)}", field.GetValue(at.Value));
                    }

                    break;
            }
        }

        void EnterArray(string path, Array array)
        {
            if (KnownKinds.IsPlain(array.GetType().GetElementType()!))
                return;
            int index = 0;
            foreach (object? element in array)
                Meet($"{path}[{index++}]", element);
        }
    }
}
