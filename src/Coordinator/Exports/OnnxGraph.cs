using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Nudge.Recording;

namespace Nudge.Exports;

/// <summary>
/// A graph of ONNX operators (operator set 13), written as the protocol buffers of onnx.proto. Of its messages only what is used here
/// is written.
/// </summary>
internal sealed class OnnxGraph
{
    /// <summary>The name of the batch of examples in shapes.</summary>
    internal const string Batch = "N";

    private const int IrVersion = 7;
    private const int OperatorSet = 13;
    private const int Float = 1;
    private const int Integer = 7;
    private readonly List<ByteString> _nodes = [];
    private readonly List<ByteString> _constants = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<ByteString> _outputs = [];
    private ByteString _input = ByteString.Empty;
    private int _values;
    private long _bytes;

    /// <summary>Declares the input, batch × size.</summary>
    internal string Input(string name, int size)
    {
        _input = Value(name, Float, Batch, size);
        return name;
    }

    /// <summary>Declares an output with the value of another name: batch × size of floats, or one integer for each example where size is 0.</summary>
    internal void Output(string name, string value, int size)
    {
        Add("Identity", name, [value], []);
        _outputs.Add(size > 0 ? Value(name, Float, Batch, size) : Value(name, Integer, Batch));
    }

    /// <summary>A constant array of floats; of one name there is one constant.</summary>
    internal string Constant(string name, int[] shape, ReadOnlySpan<float> values) =>
        Tensor(name, shape, Float, MemoryMarshal.AsBytes(values));

    /// <summary>A number.</summary>
    internal string Number(float value) => Constant(value.ToString("R", CultureInfo.InvariantCulture), [], [value]);

    /// <summary>A list of integers.</summary>
    internal string Integers(string name, params long[] values) =>
        Tensor(name, [values.Length], Integer, MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>Adds an operator; gives the name of its result.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">Integers by name: a single one, or a list.</param>
    internal string Node(string type, string[] inputs, params (string Name, long[] Values, bool IsList)[] attributes)
    {
        string output = string.Create(CultureInfo.InvariantCulture, $"{type}_{++_values}");
        Add(type, output, inputs, attributes);
        return output;
    }

    internal string Add(string left, string right) => Node("Add", [left, right]);

    internal string Subtract(string left, string right) => Node("Sub", [left, right]);

    internal string Multiply(string left, string right) => Node("Mul", [left, right]);

    internal string Product(string activity, string weights) => Node("MatMul", [activity, weights]);

    /// <summary>The place of the largest of the last dimension of batch × size.</summary>
    internal string Largest(string value) => Node("ArgMax", [value], ("axis", [1], false), ("keepdims", [0], false));

    /// <summary>The whole file.</summary>
    /// <param name="name">The name of the graph.</param>
    /// <param name="description">What it computes, for people.</param>
    /// <exception cref="OutputException">It would be larger than protocol buffers can be.</exception>
    internal byte[] ToModel(string name, string description)
    {
        if (_bytes > int.MaxValue - (64 << 20))
            throw new OutputException($"the weights take {_bytes} bytes; expected less than 2 GB, the most that an ONNX file can hold");
        ByteString graph = Message(output =>
        {
            _nodes.ForEach(node => Field(output, 1, node));
            Field(output, 2, name);
            _constants.ForEach(constant => Field(output, 5, constant));
            Field(output, 11, _input);
            _outputs.ForEach(value => Field(output, 12, value));
        });
        return Message(output =>
        {
            Field(output, 1, IrVersion);
            Field(output, 2, "nudge");
            Field(output, 3, typeof(OnnxGraph).Assembly.GetName().Version?.ToString(3) ?? "");
            Field(output, 6, description);
            Field(output, 7, graph);
            Field(output, 8, Message(set => Field(set, 2, OperatorSet)));
        }).ToByteArray();
    }

    private void Add(string type, string output, string[] inputs, (string Name, long[] Values, bool IsList)[] attributes) =>
        _nodes.Add(Message(node =>
        {
            foreach (string input in inputs)
                Field(node, 1, input);
            Field(node, 2, output);
            Field(node, 3, output);
            Field(node, 4, type);
            foreach ((string name, long[] values, bool isList) in attributes)
            {
                Field(node, 5, Message(attribute =>
                {
                    const int One = 2;
                    const int List = 7;
                    Field(attribute, 1, name);
                    foreach (long value in values)
                        Field(attribute, isList ? 8 : 3, value);
                    Field(attribute, 20, isList ? List : One);
                }));
            }
        }));

    private string Tensor(string name, int[] shape, int type, ReadOnlySpan<byte> values)
    {
        if (!_names.Add(name))
            return name;
        var raw = ByteString.CopyFrom(values);
        _bytes += values.Length;
        _constants.Add(Message(tensor =>
        {
            foreach (int size in shape)
                Field(tensor, 1, size);
            Field(tensor, 2, type);
            Field(tensor, 8, name);
            Field(tensor, 9, raw);
        }));
        return name;
    }

    private static ByteString Value(string name, int type, params object[] shape)
    {
        ByteString dimensions = Message(output =>
        {
            foreach (object size in shape)
            {
                Field(output, 1, Message(dimension =>
                {
                    if (size is int known)
                        Field(dimension, 1, known);
                    else
                        Field(dimension, 2, (string)size);
                }));
            }
        });
        ByteString tensor = Message(output =>
        {
            Field(output, 1, type);
            Field(output, 2, dimensions);
        });
        return Message(output =>
        {
            Field(output, 1, name);
            Field(output, 2, Message(kind => Field(kind, 1, tensor)));
        });
    }

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
            write(output);
        return ByteString.CopyFrom(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Field(CodedOutputStream output, int number, long value)
    {
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Field(CodedOutputStream output, int number, string value)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void Field(CodedOutputStream output, int number, ByteString value)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(value);
    }
}
