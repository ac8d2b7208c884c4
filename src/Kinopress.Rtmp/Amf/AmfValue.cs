namespace Kinopress.Rtmp.Amf;

/// <summary>A value of the Action Message Format, version 0 (AMF 0 specification §2). Values are compared by content.</summary>
public abstract record AmfValue
{
    private protected AmfValue()
    {
    }

    /// <summary>The first property of that name; null when there is none or this is no object.</summary>
    public virtual AmfValue? this[string key] => null;

    /// <summary>The text of a string; null for anything else.</summary>
    public string? AsText() => this is AmfString text ? text.Value : null;

    /// <summary>A number, or one that came as a boolean; null for anything else.</summary>
    public double? AsNumber() => this switch
    {
        AmfNumber number => number.Value,
        AmfBoolean boolean => boolean.Value ? 1 : 0,
        _ => null,
    };
}

/// <summary>§2.2. AMF knows no integers.</summary>
public sealed record AmfNumber(double Value) : AmfValue;

/// <summary>§2.3.</summary>
public sealed record AmfBoolean(bool Value) : AmfValue;

/// <summary>§2.4 and, beyond 65535 bytes of UTF-8, §2.14.</summary>
public sealed record AmfString(string Value) : AmfValue;

/// <summary>§2.7.</summary>
public sealed record AmfNull : AmfValue
{
    public static AmfNull Value { get; } = new();
}

/// <summary>§2.8.</summary>
public sealed record AmfUndefined : AmfValue
{
    public static AmfUndefined Value { get; } = new();
}

/// <summary>§2.15: something the sender could not write.</summary>
public sealed record AmfUnsupported : AmfValue
{
    public static AmfUnsupported Value { get; } = new();
}

/// <summary>§2.9: points to an earlier object of the same message. Kept as it is, so that no message can unfold into more than it holds.</summary>
public sealed record AmfReference(ushort Index) : AmfValue;

/// <summary>§2.13.</summary>
/// <param name="MillisecondsSinceEpoch">Since 1970 in UTC.</param>
/// <param name="TimeZone">Reserved, zero in practice.</param>
public sealed record AmfDate(double MillisecondsSinceEpoch, short TimeZone) : AmfValue;

/// <summary>§2.17. Never parsed.</summary>
public sealed record AmfXml(string Document) : AmfValue;
