using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kinopress.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AddLives : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "trim_end_in_milliseconds",
                table: "videos",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "trim_start_in_milliseconds",
                table: "videos",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "starts_discontinuity",
                table: "rendition_chunks",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "lives",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    public_id = table.Column<string>(type: "character varying(11)", maxLength: 11, nullable: false),
                    channel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    tags = table.Column<List<string>>(type: "text[]", nullable: false),
                    visibility = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    scheduled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    dvr_window_in_seconds = table.Column<int>(type: "integer", nullable: false),
                    records = table.Column<bool>(type: "boolean", nullable: false),
                    allows_clips = table.Column<bool>(type: "boolean", nullable: false),
                    has_chat = table.Column<bool>(type: "boolean", nullable: false),
                    has_ladder = table.Column<bool>(type: "boolean", nullable: false),
                    stream_key_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    session_count = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lives", x => x.id);
                    table.ForeignKey(
                        name: "FK_lives_channels_channel_id",
                        column: x => x.channel_id,
                        principalTable: "channels",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "video_chapters",
                columns: table => new
                {
                    video_id = table.Column<Guid>(type: "uuid", nullable: false),
                    start_in_milliseconds = table.Column<long>(type: "bigint", nullable: false),
                    title = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_video_chapters", x => new { x.video_id, x.start_in_milliseconds });
                    table.ForeignKey(
                        name: "FK_video_chapters_videos_video_id",
                        column: x => x.video_id,
                        principalTable: "videos",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "live_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    live_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    interrupted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    recording_folder = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    peak_viewers = table.Column<int>(type: "integer", nullable: false),
                    encoder_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    replay_video_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_live_sessions", x => x.id);
                    table.ForeignKey(
                        name: "FK_live_sessions_lives_live_id",
                        column: x => x.live_id,
                        principalTable: "lives",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_live_sessions_videos_replay_video_id",
                        column: x => x.replay_video_id,
                        principalTable: "videos",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "live_markers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offset_in_milliseconds = table.Column<long>(type: "bigint", nullable: false),
                    title = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_live_markers", x => x.id);
                    table.ForeignKey(
                        name: "FK_live_markers_live_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "live_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_live_markers_session_offset",
                table: "live_markers",
                columns: new[] { "session_id", "offset_in_milliseconds" });

            migrationBuilder.CreateIndex(
                name: "ix_live_sessions_live_number",
                table: "live_sessions",
                columns: new[] { "live_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_live_sessions_replay_video_id",
                table: "live_sessions",
                column: "replay_video_id");

            migrationBuilder.CreateIndex(
                name: "ix_live_sessions_settled_at",
                table: "live_sessions",
                column: "settled_at");

            migrationBuilder.CreateIndex(
                name: "ix_lives_channel_created_at",
                table: "lives",
                columns: new[] { "channel_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_lives_public_id",
                table: "lives",
                column: "public_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_lives_state_scheduled_at",
                table: "lives",
                columns: new[] { "state", "scheduled_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_lives_state_started_at",
                table: "lives",
                columns: new[] { "state", "started_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_lives_stream_key_hash",
                table: "lives",
                column: "stream_key_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "live_markers");

            migrationBuilder.DropTable(
                name: "video_chapters");

            migrationBuilder.DropTable(
                name: "live_sessions");

            migrationBuilder.DropTable(
                name: "lives");

            migrationBuilder.DropColumn(
                name: "trim_end_in_milliseconds",
                table: "videos");

            migrationBuilder.DropColumn(
                name: "trim_start_in_milliseconds",
                table: "videos");

            migrationBuilder.DropColumn(
                name: "starts_discontinuity",
                table: "rendition_chunks");
        }
    }
}
