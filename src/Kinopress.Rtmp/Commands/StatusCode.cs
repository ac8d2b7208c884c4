namespace Kinopress.Rtmp.Commands;

/// <summary>Codes of status objects (RTMP 1.0 §7.2; the vocabulary is NetConnection's and NetStream's).</summary>
internal static class StatusCode
{
    public const string ConnectSuccess = "NetConnection.Connect.Success";
    public const string CallFailed = "NetConnection.Call.Failed";

    /// <summary>Enhanced RTMP v2, "Reconnect Request".</summary>
    public const string ReconnectRequest = "NetConnection.Connect.ReconnectRequest";

    public const string PublishStart = "NetStream.Publish.Start";
    public const string PublishBadName = "NetStream.Publish.BadName";
    public const string PublishDenied = "NetStream.Publish.Denied";
    public const string UnpublishSuccess = "NetStream.Unpublish.Success";
    public const string PlayStreamNotFound = "NetStream.Play.StreamNotFound";
}
