using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nudge.Recording;

/// <summary>Labels of classes as JSON: whole numbers as numbers, as earlier versions wrote them, and others as texts.</summary>
internal sealed class LabelsConverter : JsonConverter<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var labels = new List<string>();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("expected a list of labels");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            labels.Add(reader.TokenType switch
            {
                JsonTokenType.Number => reader.GetInt64().ToString(CultureInfo.InvariantCulture),
                JsonTokenType.String => reader.GetString()!,
                _ => throw new JsonException("expected a label, a number or a text"),
            });
        }

        return labels;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (string label in value)
        {
            if (long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                && number.ToString(CultureInfo.InvariantCulture) == label)
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteStringValue(label);
            }
        }

        writer.WriteEndArray();
    }
}
