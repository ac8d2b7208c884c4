namespace Kinopress.Media.Encoding;

/// <summary>The encoders an ffmpeg was built with. A hardware encoder's presence does not mean its device is.</summary>
/// <param name="Names">ffmpeg's names, in its order: <c>libx264</c>, <c>aac</c>, …</param>
public sealed record EncoderSet(bool HasX264, bool HasAac, IReadOnlyList<string> Names)
{
    /// <summary>Enough to encode any film.</summary>
    public bool IsSufficient => HasX264 && HasAac;
}
