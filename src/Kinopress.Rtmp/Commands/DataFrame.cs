namespace Kinopress.Rtmp.Commands;

/// <summary>The <c>@setDataFrame</c> that publishers put before metadata, and FLV files do not.</summary>
internal static class DataFrame
{
    public static ReadOnlySpan<byte> Prefix => "\u0002\0\u000d@setDataFrame"u8;

    private static ReadOnlySpan<byte> MetadataName => "\u0002\0\u000aonMetaData"u8;

    /// <returns>Where the body of the FLV tag begins.</returns>
    public static int OffsetOfTag(ReadOnlySpan<byte> body, bool isAmf3)
    {
        var offset = isAmf3 && body is [0, ..] ? 1 : 0;
        return body[offset..].StartsWith(Prefix) ? offset + Prefix.Length : offset;
    }

    /// <returns>What a server expects: metadata announced, anything else as it is.</returns>
    public static ReadOnlyMemory<byte> Announced(ReadOnlyMemory<byte> tagBody) =>
        tagBody.Span.StartsWith(MetadataName) ? (byte[])[.. Prefix, .. tagBody.Span] : tagBody;
}
