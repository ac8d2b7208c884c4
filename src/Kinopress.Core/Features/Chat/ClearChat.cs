using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Deletes everything that was said in a live's chat.</summary>
public sealed class ClearChat(KinopressDbContext db, ChatRooms rooms, TimeProvider clock)
{
    /// <returns>How many messages were deleted; <c>live.not_found</c> also when the chat is not the caller's to moderate.</returns>
    public async Task<Result<int>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        await rooms.SettleAsync(publicId, cancellationToken);
        var live = await db.Lives.AsNoTracking().ModeratedBy(caller).Where(candidate => candidate.PublicId == publicId).Select(candidate => new { candidate.Id }).SingleOrDefaultAsync(cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        var by = new Id<User>(caller.UserId ?? Guid.Empty);

        // Index ix_chat_messages_live_state_sent_at.
        var count = await db.WriteAsync(
            stop => db.ChatMessages
                .Where(message => message.LiveId == live.Id && (message.State == ChatMessageState.Shown || message.State == ChatMessageState.Held))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(message => message.State, ChatMessageState.Deleted).SetProperty(message => message.ModeratedAt, now).SetProperty(message => message.ModeratedById, by), stop),
            cancellationToken);
        await db.WriteAsync(
            stop => db.LiveChats.Where(chat => chat.LiveId == live.Id).ExecuteUpdateAsync(set => set.SetProperty(chat => chat.PinnedMessageId, (Id<ChatMessage>?)null), stop), CancellationToken.None);
        await rooms.AnnounceAsync(publicId, new ChatCleared(), CancellationToken.None);
        await rooms.AnnounceAsync(publicId, new ChatPinned(Message: null), CancellationToken.None);
        return count;
    }
}
