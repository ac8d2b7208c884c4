using System.Buffers.Binary;
using System.Buffers.Text;

namespace Kinopress.Core.Foundation;

/// <summary>Where a page ends: a moment and, to break ties, an id. Travels as 24 opaque bytes in base64url.</summary>
public readonly record struct Cursor(DateTimeOffset Moment, Guid Id)
{
    private const int Size = 24;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Moment.UtcTicks);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null when the text is not a cursor of ours; the list then starts at its beginning.</summary>
    public static Cursor? Parse(string? text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (text is null || text.Length > 64 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Size)
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks < DateTimeOffset.MinValue.UtcTicks || ticks > DateTimeOffset.MaxValue.UtcTicks
            ? null
            : new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..], bigEndian: true));
    }
}
