using Kinopress.Media.Bitstreams;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>What browsers cannot play, in words for whoever set the encoder up.</summary>
internal static class StreamComplaints
{
    public static LiveAdvice Of(MediaRefusal refusal) => refusal switch
    {
        MediaRefusal.Malformed => new("stream_malformed", "Parts of the stream cannot be read. Restart the encoder."),
        MediaRefusal.NoConfiguration => new("configuration_missing", "The encoder does not say how its stream is to be decoded. Restart it."),
        MediaRefusal.PictureSize => new("picture_size", "The picture has a size that cannot be played. Choose 1920 by 1080 or less."),
        MediaRefusal.HevcAnnexB or MediaRefusal.OldFlashVideo or MediaRefusal.Vp8 or MediaRefusal.Vp9 or MediaRefusal.Vvc or MediaRefusal.UnknownVideo =>
            new("video_codec", "Browsers cannot play this video format. Choose H.264 (x264) in your encoder."),
        MediaRefusal.AacProfile => new("audio_profile", "This kind of AAC cannot be played. Choose AAC-LC, stereo, 48 kHz."),
        _ => new("audio_codec", "Browsers cannot play this audio format. Choose AAC in your encoder."),
    };
}
