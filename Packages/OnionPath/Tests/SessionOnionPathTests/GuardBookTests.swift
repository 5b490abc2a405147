import SessionInterfaces
import Testing

@_spi(Simulation) @testable import SessionOnionPath

struct GuardBookTests {
    let keys = ServiceNode.several(20).keys
    let start = Timestamp(milliseconds: 1_700_000_000_000)

    func book(_ count: Int) -> GuardBook {
        var book = GuardBook()
        for key in keys.prefix(count) { book.use(key, at: start) }
        return book
    }

    @Test func guardsStayInTheOrderOfTheirFirstUse() {
        var book = book(3)
        book.use(keys[0], at: start + .days(1))
        #expect(book.preferred(at: start + .days(1)) == Array(keys.prefix(3)))
        #expect(book.firstUsed(keys[0]) == start)
    }

    @Test func aGuardServesTenDays() {
        var book = book(1)
        let end = start + GuardBook.ageLimit
        #expect(book.preferred(at: end - .milliseconds(1)) == [keys[0]])
        #expect(book.preferred(at: end).isEmpty)
        #expect(book.isExpired(keys[0], at: end))
        book.use(keys[0], at: end)
        #expect(book.isExpired(keys[0], at: end), "using it does not renew it")
        book.use(keys[1], at: end)
        #expect(book.entries.map(\.key) == [keys[1]])
    }

    @Test func aGuardThatFailedRestsAndComesBack() {
        var book = book(2)
        book.fail(keys[0], at: start)
        book.fail(keys[9], at: start)
        #expect(book.preferred(at: start) == [keys[1]])
        #expect(book.preferred(at: start + GuardBook.rest) == [keys[0], keys[1]])
        #expect(book.preferred(at: start - .seconds(5)) == [keys[0], keys[1]], "a clock set back does no harm")
    }

    @Test func itNeverGrowsBeyondItsCapacity() {
        var book = book(GuardBook.capacity)
        book.fail(keys[5], at: start)
        book.use(keys[18], at: start)
        book.use(keys[19], at: start)
        #expect(book.entries.count == GuardBook.capacity)
        #expect(book.firstUsed(keys[5]) == nil, "one that failed goes first")
        #expect(book.firstUsed(keys[0]) == nil, "then the oldest")
    }

    @Test(arguments: [0, 1, GuardBook.capacity])
    func itsRecordSurvives(count: Int) {
        var book = book(count)
        book.fail(keys[0], at: start + .seconds(1))
        #expect(GuardBook(record: book.record, at: start + .days(1)) == book)
    }

    @Test func aTimeInTheFutureCountsAsNow() throws {
        let read = try #require(GuardBook(record: book(1).record, at: start - .days(100)))
        #expect(read.firstUsed(keys[0]) == start - .days(100))
    }

    @Test func aDamagedRecordIsNone() {
        let record = book(2).record
        for count in record.indices { #expect(GuardBook(record: Array(record.prefix(count)), at: start) == nil) }
        #expect(GuardBook(record: record + [0], at: start) == nil)
        #expect(GuardBook(record: [2] + record.dropFirst(), at: start) == nil)
        #expect(GuardBook(record: [1, 255] + record.dropFirst(2), at: start) == nil)
        let twice = [1, 2] + record[2..<50] + record[2..<50]
        #expect(GuardBook(record: Array(twice), at: start) == nil)
    }
}
