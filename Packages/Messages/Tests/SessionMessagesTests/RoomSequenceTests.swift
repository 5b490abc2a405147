import SessionMessages
import Testing

@Suite struct RoomSequenceTests {
    @Test func changesAreNumberedInTheirOrder() {
        var room = RoomSequence()
        let (first, second) = (room.post(), room.post())
        #expect([first.id, second.id] == [1, 2])
        room.edit(1)
        #expect(room.last == 3)
        #expect(room.changes(since: 0).map(\.id) == [2, 1])
        #expect(room.changes(since: 2).map(\.id) == [1])
        #expect(room.changes(since: 3).isEmpty)
        #expect(room.changes(since: 0, limit: 1).map(\.id) == [2])
        #expect(room.changes(since: 0, limit: -1).isEmpty)
    }

    @Test func deletionsAreToldToWhoeverCanKnowOfThem() {
        var room = RoomSequence()
        _ = (room.post(), room.post())
        room.delete(1)
        #expect(room.changes(since: 0).map(\.id) == [2])
        let told = room.changes(since: 1)
        #expect(told.map(\.id) == [2, 1])
        #expect(told.last?.isDeleted == true)
    }

    @Test(arguments: [0, 1, 3, .max] as [Int64])
    func nothingHappensToWhatIsNotThere(id: Int64) {
        var room = RoomSequence()
        _ = room.post()
        room.delete(1)
        let before = room
        room.edit(id)
        room.delete(id)
        #expect(room == before)
    }

    @Test func aClientAsksAgainWhileAnswersAreFull() {
        var progress = RoomProgress()
        let asks1 = progress.note([3, 5, 4], limit: 3)
        #expect(asks1)
        #expect(progress.last == 5)
        let asks2 = progress.note([6], limit: 3)
        #expect(!asks2)
        #expect(progress.last == 6)
        let asks3 = progress.note([], limit: 3)
        #expect(!asks3)
        #expect(progress.last == 6)
    }

    /// A server that repeats itself, or goes back, is not asked on and on.
    @Test func answersThatBringNothingOnEndTheAsking() {
        var progress = RoomProgress(last: 5)
        let asks4 = progress.note([5, 4, 3], limit: 3)
        #expect(!asks4)
        let asks5 = progress.note([.min, 0], limit: 2)
        #expect(!asks5)
        #expect(progress.last == 5)
        let asks6 = progress.note([.max], limit: 1)
        #expect(asks6)
        let asks7 = progress.note([.max], limit: 1)
        #expect(!asks7)
        let asks8 = progress.note([], limit: 0)
        #expect(!asks8)
    }

    @Test func aClientThatFollowsSeesEveryChange() {
        var (room, progress) = (RoomSequence(), RoomProgress(last: 0))
        for _ in 0..<10 { _ = room.post() }
        for id in [2, 4, 6] as [Int64] { room.edit(id) }
        var seen: [Int64] = []
        var asksAgain = true
        while asksAgain {
            let answer = room.changes(since: progress.last ?? 0, limit: 3)
            seen += answer.map(\.id)
            asksAgain = progress.note(answer.map(\.changedAt), limit: 3)
        }
        #expect(seen == [1, 3, 5, 7, 8, 9, 10, 2, 4, 6])
    }
}
