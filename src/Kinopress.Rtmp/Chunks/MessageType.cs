namespace Kinopress.Rtmp.Chunks;

/// <summary>Types of messages (RTMP 1.0 §5.4, §6.2, §7.1). What is not named here is ignored.</summary>
internal enum MessageType : byte
{
    SetChunkSize = 1,
    Abort = 2,
    Acknowledgement = 3,
    UserControl = 4,
    WindowAcknowledgementSize = 5,
    SetPeerBandwidth = 6,
    Audio = 8,
    Video = 9,
    DataAmf3 = 15,
    CommandAmf3 = 17,
    Data = 18,
    Command = 20,
    Aggregate = 22,
}
