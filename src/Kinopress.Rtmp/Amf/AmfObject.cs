namespace Kinopress.Rtmp.Amf;

/// <summary>A name with its value; names of one object may repeat.</summary>
public sealed record AmfProperty(string Name, AmfValue Value);

/// <summary>An object (AMF 0 §2.5) or, with a class name, a typed object (§2.18). Order is kept.</summary>
/// <param name="ClassName">Null for an anonymous object.</param>
public sealed record AmfObject(IReadOnlyList<AmfProperty> Properties, string? ClassName) : AmfValue
{
    public AmfObject(IReadOnlyList<AmfProperty> properties)
        : this(properties, null)
    {
    }

    public override AmfValue? this[string key] => AmfContent.Find(Properties, key);

    public bool Equals(AmfObject? other) =>
        other is not null && ClassName == other.ClassName && Properties.SequenceEqual(other.Properties);

    public override int GetHashCode() => HashCode.Combine(ClassName, AmfContent.Hash(Properties));
}

/// <summary>An associative array (AMF 0 §2.10), as metadata comes. Its count on the wire is a hint and not kept.</summary>
public sealed record AmfEcmaArray(IReadOnlyList<AmfProperty> Properties) : AmfValue
{
    public override AmfValue? this[string key] => AmfContent.Find(Properties, key);

    public bool Equals(AmfEcmaArray? other) => other is not null && Properties.SequenceEqual(other.Properties);

    public override int GetHashCode() => AmfContent.Hash(Properties);
}

/// <summary>A list (AMF 0 §2.12).</summary>
public sealed record AmfStrictArray(IReadOnlyList<AmfValue> Items) : AmfValue
{
    public bool Equals(AmfStrictArray? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => AmfContent.Hash(Items);
}

/// <summary>What objects and arrays share.</summary>
internal static class AmfContent
{
    public static AmfValue? Find(IReadOnlyList<AmfProperty> properties, string key)
    {
        foreach (var property in properties)
        {
            if (property.Name == key)
            {
                return property.Value;
            }
        }

        return null;
    }

    public static int Hash<T>(IReadOnlyList<T> items)
    {
        var hash = default(HashCode);
        foreach (var item in items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}
