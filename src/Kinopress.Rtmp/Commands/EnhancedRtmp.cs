using Kinopress.Rtmp.Amf;

namespace Kinopress.Rtmp.Commands;

/// <summary>What connect says of codecs beyond the old ones (Enhanced RTMP v2, "Enhancing NetConnection connect Command").</summary>
internal static class EnhancedRtmp
{
    private const string FourCcList = "fourCcList";
    private const string VideoFourCcs = "videoFourCcInfoMap";
    private const string AudioFourCcs = "audioFourCcInfoMap";
    private const string Capabilities = "capsEx";
    private const double CanForward = 4;

    /// <summary>The client speaks Enhanced RTMP.</summary>
    public static bool IsOffered(AmfValue? connect) =>
        connect?[FourCcList] is not null || connect?[VideoFourCcs] is not null || connect?[AudioFourCcs] is not null || connect?[Capabilities] is not null;

    public static RtmpCapabilities CapabilitiesIn(AmfValue? connect) =>
        connect?[Capabilities]?.AsNumber() is { } bits and >= 0 and <= int.MaxValue ? (RtmpCapabilities)(int)bits : RtmpCapabilities.None;

    /// <summary>Each part is answered in the form it was offered in; a client that offers nothing is told nothing.</summary>
    public static IEnumerable<AmfProperty> Answer(AmfValue? connect, RtmpServerOptions options)
    {
        if (connect?[FourCcList] is not null)
        {
            yield return new AmfProperty(FourCcList, new AmfStrictArray([.. options.VideoFourCcs.Concat(options.AudioFourCcs).Select(fourCc => new AmfString(fourCc))]));
        }

        if (connect?[VideoFourCcs] is not null)
        {
            yield return new AmfProperty(VideoFourCcs, Map(options.VideoFourCcs));
        }

        if (connect?[AudioFourCcs] is not null)
        {
            yield return new AmfProperty(AudioFourCcs, Map(options.AudioFourCcs));
        }

        if (connect?[Capabilities] is not null)
        {
            yield return Reply.Number(Capabilities, (int)options.Capabilities);
        }
    }

    private static AmfObject Map(IEnumerable<string> fourCcs) => new([.. fourCcs.Select(fourCc => Reply.Number(fourCc, CanForward))]);
}
