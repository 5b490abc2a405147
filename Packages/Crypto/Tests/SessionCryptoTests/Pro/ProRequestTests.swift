import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct ProRequestTests {
    private let master = Ed25519KeyPair.generate(from: SeededRandom(seed: 1)).publicKey
    private let rotating = Ed25519KeyPair.generate(from: SeededRandom(seed: 2)).publicKey
    private let time = Timestamp(milliseconds: 1_755_648_412_000)

    @Test func noTwoRequestsAreSignedAlike() {
        let requests: [ProRequest] = [
            .proof(at: time), .proof(at: Timestamp(milliseconds: time.milliseconds + 1)), .details(at: time, count: 1),
            .details(at: time, count: 2), .googlePayment(token: "a", order: "b"), .applePayment(transaction: "ab"),
            .appleRefund(at: time, requestedAt: time, transaction: "ab"),
        ]
        let signed = requests.map { $0.signedBytes(.hashed, master: master, rotating: rotating) }
        #expect(signed.allSatisfy { $0?.count == 32 })
        #expect(Set(signed).count == requests.count)
    }

    @Test func theLaterFormHasProofsAlone() {
        let text = ProRequest.proof(at: time).signedBytes(.plain, master: master, rotating: rotating)
        #expect(text?.suffix(10) == Array("1755648412".utf8)[...])
        #expect(ProRequest.details(at: time, count: 1).signedBytes(.plain, master: master, rotating: rotating) == nil)
    }

    @Test func rotatingKeysLastAPeriod() {
        let pair = Ed25519KeyPair.generate(from: SeededRandom(seed: 3))
        let start = ProKeys.periodStart(at: time)
        #expect(start.isMultiple(of: ProKeys.periodSeconds) && start <= time.milliseconds / 1000)
        func key(_ seconds: Int64) -> Ed25519PublicKey {
            ProKeys.rotating(of: pair, at: Timestamp(milliseconds: seconds * 1000)).publicKey
        }
        #expect(key(start) == key(start + ProKeys.periodSeconds - 1))
        #expect(key(start) != key(start + ProKeys.periodSeconds))
        #expect(key(start) != key(start - 1))
        #expect(ProKeys.master(of: pair).publicKey != pair.publicKey)
    }
}
