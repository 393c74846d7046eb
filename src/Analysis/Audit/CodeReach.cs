using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Nudge.Audit;

/// <summary>
/// Reads the code of a rule, and all that it calls outside the simulator and the runtime, for ways out that no field
/// shows: static state, other parts of the simulator, files, clocks, reflection.
/// </summary>
internal static class CodeReach
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ConcurrentDictionary<Type, string?> Verdicts = new();

    /// <summary>The first way out that a type's code takes, or null.</summary>
    internal static string? WayOut(Type type) => Verdicts.GetOrAdd(type, static judged => Scan(MethodsOf(judged)));

    /// <summary>The first way out that one method takes, or null.</summary>
    internal static string? WayOut(MethodBase method) => Scan([method]);

    private static IEnumerable<MethodBase> MethodsOf(Type type)
    {
        for (Type? at = type; at is not null && CodeRules.IsFollowed(at); at = at.BaseType)
        {
            foreach (MethodBase method in at.GetMethods(All).Concat<MethodBase>(at.GetConstructors(All)))
                yield return method;
            foreach (MethodBase method in at.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(MethodsOf))
                yield return method;
        }
    }

    private static string? Scan(IEnumerable<MethodBase> roots)
    {
        var seen = new HashSet<MethodBase>();
        var waiting = new Queue<MethodBase>(roots.Where(seen.Add));
        while (waiting.TryDequeue(out MethodBase? method))
        {
            foreach (MemberInfo member in CodeReader.Mentions(method))
            {
                if (Judge(member) is { } wayOut)
                    return $"{method.DeclaringType!.Name}.{method.Name} → {wayOut}";
                if (member is MethodBase called && CodeRules.IsFollowed(called.DeclaringType!) && seen.Add(called))
                    waiting.Enqueue(called);
            }
        }

        return null;
    }

    private static string? Judge(MemberInfo member)
    {
        Type? type = member.DeclaringType;
        if (type is null)
            return null;
        string name = $"{type.Name}.{member.Name}";
        if (member is FieldInfo { IsStatic: true } field && !IsHarmless(field))
            return $"static {name}";
        return CodeRules.IsAllowed(type) ? null : name;
    }

    private static bool IsHarmless(FieldInfo field) =>
        KnownKinds.IsOfRuntime(field.DeclaringType!)
        || field.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute))
        || (field.IsInitOnly && (KnownKinds.IsConstant(field.FieldType) || KnownKinds.IsPlain(field.FieldType)));
}
