using Kinopress.Media.Bitstreams;
using Kinopress.Media.Live;

namespace Kinopress.Media.Tests.Bitstreams;

/// <summary>Decoder configurations as real encoders write them.</summary>
internal static class Records
{
    /// <summary>H.264 High, 318 × 238, 30000/1001 frames a second.</summary>
    public const string Avc = "0164000dffe100186764000dacd94141feab011000003e90000ea600f142996001000668ebe3cb22c0fdf8f800";

    /// <summary>H.264 Baseline, 1920 × 1080, 60 frames a second.</summary>
    public const string AvcFullHd = "0142c02affe100186742c02ada01e0089f970110000003001000000780f1832a01000468ce0fc8";

    /// <summary>H.264 High 4:2:2, interlaced, 720 × 576, 25 frames a second.</summary>
    public const string AvcInterlaced = "017a001effe10018677a001ebce80b424d808800000300080000030190f8a15501000468de0fc8fef8f800";

    /// <summary>H.265 Main 10, 318 × 238.</summary>
    public const string Hevc =
        "0102200000009000000000003cf000fcfdfafa00000f03200001001840010c01ffff02200000030090000003000003003c959809210001002b"
        + "42010102200000030090000003000003003ca00a080f1d5365959a4932bc05a0200000030020000003032122000100074401c172b46240";

    /// <summary>AV1 Main, 318 × 238.</summary>
    public const string Av1 = "81000c000a0b000000043cf7b402f80040";

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    public static VideoConfiguration Picture(string avc = Avc) =>
        VideoConfiguration.Parse(MediaCodec.Avc, Bytes(avc), out _) ?? throw new InvalidOperationException("The sample is wrong");

    /// <summary>AAC-LC, stereo.</summary>
    public static AudioConfiguration Sound(string config = "1190") =>
        AudioConfiguration.Parse(MediaCodec.Aac, Bytes(config), out _) ?? throw new InvalidOperationException("The sample is wrong");

    public static LiveTracks Both => new(Picture(), Sound());
}
