using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kinopress.Themes.Rendering;
using Scriban.Runtime;

namespace Kinopress.Themes.Functions;

/// <summary>JSON for a <c>script</c> element of a data type: it holds no character that could end the element.</summary>
internal static class JsonFunction
{
    private const int MaxDepth = 16;
    private const int MaxBytes = 256 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>Members that are null are left out.</summary>
    public static SafeHtml Print(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, value, 0);
        }

        return SafeHtml.FromTrusted(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > MaxDepth || writer.BytesCommitted + writer.BytesPending > MaxBytes)
        {
            throw new LimitException("The value is too deep or too large for JSON.");
        }

        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int or long:
                writer.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case DateTimeOffset moment:
                writer.WriteStringValue(moment);
                break;
            case TimeSpan duration:
                writer.WriteStringValue(Durations.ToIso((long)duration.TotalMilliseconds));
                break;
            case ScriptArray list:
                WriteList(writer, list, depth);
                break;
            case ScriptObject members:
                WriteObject(writer, members, depth);
                break;
            case string or SafeHtml:
                writer.WriteStringValue(value.ToString());
                break;
            default:
                throw new FunctionException("This value has no JSON form.");
        }
    }

    private static void WriteList(Utf8JsonWriter writer, ScriptArray list, int depth)
    {
        writer.WriteStartArray();
        foreach (var item in list)
        {
            Write(writer, item, depth + 1);
        }

        writer.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter writer, ScriptObject members, int depth)
    {
        writer.WriteStartObject();
        foreach (var (name, member) in members)
        {
            if (member is null)
            {
                continue;
            }

            writer.WritePropertyName(name);
            Write(writer, member, depth + 1);
        }

        writer.WriteEndObject();
    }
}
