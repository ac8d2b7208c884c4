using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Decides that nobody gets to see a held message.</summary>
public sealed class RejectHeldMessage(KinopressDbContext db, ChatRooms rooms, TimeProvider clock)
{
    /// <returns><c>chat.message_not_found</c> also when the chat is not the caller's to moderate; <c>chat.not_held</c> when somebody decided before.</returns>
    public async Task<Result<Done>> RunAsync(string publicId, Id<ChatMessage> id, Caller caller, CancellationToken cancellationToken)
    {
        await rooms.SettleAsync(publicId, cancellationToken);
        if (await HeldMessages.FindAsync(db, publicId, id, caller, cancellationToken) is not { } message)
        {
            return ChatFailures.MessageNotFound;
        }

        if (message.Reject(new Id<User>(caller.UserId ?? Guid.Empty), clock.GetUtcNow()).Failed(out var failure))
        {
            return failure;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChatFailures.NotHeld;
        }

        await rooms.AnnounceAsync(publicId, new ChatHeldSettled(id.Value), CancellationToken.None);
        return Done.Value;
    }
}
