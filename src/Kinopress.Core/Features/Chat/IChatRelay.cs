namespace Kinopress.Core.Features.Chat;

/// <summary>Tells the rooms of other nodes what happened in one here. They hear it by <see cref="ChatRooms.ReceiveAsync"/>. Thread-safe.</summary>
public interface IChatRelay
{
    /// <summary>Never waits; what cannot be sent is lost, and the tables stay the truth.</summary>
    void Publish(string publicId, IReadOnlyList<ChatEvent> events);
}

/// <summary>For a site of one node.</summary>
internal sealed class NoChatRelay : IChatRelay
{
    public void Publish(string publicId, IReadOnlyList<ChatEvent> events)
    {
        // There is nobody to tell.
    }
}
