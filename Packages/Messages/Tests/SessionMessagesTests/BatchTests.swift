import SessionCrypto
import SessionInterfaces
import SessionMessages
import Testing

@Suite struct BatchTests {
    /// Good messages, with a damaged one after every third.
    private func messages(_ count: Int) throws -> [[UInt8]] {
        try (0..<count).map { number in
            var message = try DirectMessage.encode(
                .text("\(number)", sentAt: moment + .milliseconds(Int64(number))), from: Accounts.alice,
                to: Accounts.bob.accountID, random: CryptoRandom())
            if number % 4 == 3 { message[message.count / 2] ^= 1 }
            return message
        }
    }

    @Test(arguments: [0, 1, 7, 8, 9, 100], [1, 3])
    func everyMessageIsOpenedOrRefusedInItsPlace(count: Int, concurrency: Int) async throws {
        let messages = try messages(count)
        let results = try await DirectMessage.decodeAll(messages, with: Accounts.bob, concurrency: concurrency)
        #expect(results.count == count)
        for (number, result) in results.enumerated() {
            switch result {
            case .success(let message): #expect(message.content.text == "\(number)")
            case .failure(let error): #expect(number % 4 == 3 && error.code == .decryptionFailed)
            }
        }
    }

    @Test func aCancelledTaskOpensNothing() async throws {
        let messages = try messages(100)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await DirectMessage.decodeAll(messages, with: Accounts.bob)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
