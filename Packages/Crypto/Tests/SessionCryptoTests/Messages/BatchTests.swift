import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct BatchTests {
    private let random = SeededRandom(seed: 71)

    @Test(arguments: [0, 1, 15, 16, 17, 100])
    func everyMessageHasItsOutcomeInItsPlace(count: Int) async throws {
        let (sender, recipient) = (AccountKeys.generate(from: random), AccountKeys.generate(from: random))
        let messages = try (0..<count).map { number in
            let message = try DirectMessageSeal.seal(
                [UInt8(number)], from: sender.ed25519, to: recipient.accountID, random: random)
            return number % 7 == 3 ? Array(message.dropLast()) : message
        }
        let outcomes = await DirectMessageSeal.openAll(messages, with: recipient.x25519)
        #expect(outcomes.count == count)
        for (number, outcome) in outcomes.enumerated() {
            if number % 7 == 3 {
                #expect(throws: CryptoError(.failed, "")) { try outcome.get() }
            } else {
                #expect(try outcome.get().plaintext == [UInt8(number)])
                #expect(try outcome.get().sender == sender.accountID)
            }
        }
    }
}
