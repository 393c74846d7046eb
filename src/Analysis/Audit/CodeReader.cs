using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Nudge.Audit;

/// <summary>Reads which fields, methods and types the code of a method mentions (ECMA-335, partition III).</summary>
internal static class CodeReader
{
    private const byte Prefix = 0xFE;
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    internal static IEnumerable<MemberInfo> Mentions(MethodBase method)
    {
        byte[]? code = method.GetMethodBody()?.GetILAsByteArray();
        for (int at = 0; at < (code?.Length ?? 0);)
        {
            OpCode instruction = Next(code!, ref at);
            int operand = at;
            at += Length(instruction, code!, at);
            bool mentions = instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod
                or OperandType.InlineTok or OperandType.InlineType;
            if (mentions && Resolve(method, BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(operand))) is { } member)
                yield return member;
        }
    }

    private static OpCode Next(byte[] code, ref int at)
    {
        short value = code[at++];
        if (value == Prefix)
            value = unchecked((short)((Prefix << 8) | code[at++]));
        return Codes[value];
    }

    private static int Length(OpCode instruction, byte[] code, int at) => instruction.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at))),
        _ => 4,
    };

    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod);
    }
}
