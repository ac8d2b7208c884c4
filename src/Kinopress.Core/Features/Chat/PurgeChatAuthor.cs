using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Deletes everything one person has said in a live's chat.</summary>
public sealed class PurgeChatAuthor(KinopressDbContext db, ChatRooms rooms, TimeProvider clock)
{
    /// <param name="id">Any message of the person.</param>
    /// <returns>How many messages were deleted; <c>chat.message_not_found</c> also when the chat is not the caller's to moderate.</returns>
    public async Task<Result<int>> RunAsync(string publicId, Id<ChatMessage> id, Caller caller, CancellationToken cancellationToken)
    {
        await rooms.SettleAsync(publicId, cancellationToken);
        var moderated = db.Lives.ModeratedBy(caller).Where(live => live.PublicId == publicId);

        // Primary key.
        var found = await db.ChatMessages.AsNoTracking()
            .Where(message => message.Id == id && moderated.Any(live => live.Id == message.LiveId))
            .Select(message => new { message.LiveId, message.AuthorId })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return ChatFailures.MessageNotFound;
        }

        var now = clock.GetUtcNow();
        var by = new Id<User>(caller.UserId ?? Guid.Empty);

        // Index ix_chat_messages_author_live.
        var count = await db.WriteAsync(
            stop => db.ChatMessages
                .Where(message => message.AuthorId == found.AuthorId && message.LiveId == found.LiveId && (message.State == ChatMessageState.Shown || message.State == ChatMessageState.Held))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(message => message.State, ChatMessageState.Deleted).SetProperty(message => message.ModeratedAt, now).SetProperty(message => message.ModeratedById, by), stop),
            cancellationToken);
        await rooms.AnnounceAsync(publicId, new ChatAuthorPurged(ChatAuthor.KeyOf(found.LiveId, found.AuthorId)), CancellationToken.None);
        return count;
    }
}
