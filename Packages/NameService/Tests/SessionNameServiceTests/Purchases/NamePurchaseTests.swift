import SessionInterfaces
import Testing

@testable import SessionNameService

@Suite struct NamePurchaseTests {
    static let transaction = PreparedTransaction(hash: Bytes32(), fee: OxenAmount(units: 5), metadata: "aa")
    static let price = OxenAmount(units: 100)
    static let orders: [NameOrder] = [
        .buy("alice", .session, value: "v", owner: "o", backupOwner: "b"), .buy("a.loki", .lokinet5Years, value: "v"),
        .update("alice", .wallet, value: "v"), .update("alice", .session, owner: "o", backupOwner: "b"),
        .renew("a.loki", .lokinet10Years),
    ]
    static let stages: [NamePurchase.Stage] = [
        .planned, .prepared(transaction), .sent(transaction), .settled(transaction, height: .max),
    ]

    @Test(arguments: orders.indices, stages.indices)
    func storedForm(order: Int, stage: Int) throws {
        let purchase = NamePurchase(Self.orders[order], price: Self.price, key: "k", stage: Self.stages[stage])
        #expect(try NamePurchase(decoding: purchase.encoded()) == purchase)
    }

    @Test(arguments: [
        ("", StoreError.Code.corrupted), ("{}", .corrupted), ("\u{0}", .corrupted),
        (
            #"{"version":2,"action":"renew","name":"a","type":2,"price":1,"stage":"planned"}"#, .unsupportedVersion
        ),
        (#"{"version":1,"action":"renew","name":"a","type":9,"price":1,"stage":"planned"}"#, .corrupted),
        (#"{"version":1,"action":"sell","name":"a","type":2,"price":1,"stage":"planned"}"#, .corrupted),
        (#"{"version":1,"action":"renew","name":"a","type":2,"price":1,"stage":"sent"}"#, .corrupted),
    ])
    func damagedForms(text: String, code: StoreError.Code) {
        #expect(throws: StoreError(code, "")) { try NamePurchase(decoding: Array(text.utf8)) }
    }

    @Test func theWayThrough() {
        var purchase = NamePurchase(Self.orders[0], price: Self.price)
        #expect(purchase.next == .prepare)
        #expect(purchase.handle(.prepared(Self.transaction)) == true)
        #expect(purchase.next == .look(Self.transaction))
        #expect(purchase.handle(.seen(.unknown)) == false)
        #expect(purchase.next == .send(Self.transaction))
        #expect(purchase.handle(.sent) == true)
        #expect(purchase.next == .look(Self.transaction))
        #expect(purchase.handle(.seen(.unknown)) == false)
        #expect(purchase.next == .wait(Self.transaction))
        #expect(purchase.handle(.seen(.waiting)) == false)
        #expect(purchase.next == .finish(NameReceipt(transaction: Bytes32(), price: Self.price, fee: .init(units: 5))))
        #expect(purchase.handle(.seen(.mined(height: 9))) == true)
        #expect(
            purchase.next
                == .finish(NameReceipt(transaction: Bytes32(), price: Self.price, fee: .init(units: 5), height: 9)))
    }

    /// After a crash nobody knows whether it was sent: it is looked for before it is sent again.
    @Test(arguments: [1, 2])
    func afterACrash(stage: Int) {
        var purchase = NamePurchase(Self.orders[0], price: Self.price, stage: Self.stages[stage])
        #expect(purchase.isUnderWay)
        #expect(purchase.next == .look(Self.transaction))
        _ = purchase.handle(.seen(.dropped))
        #expect(purchase.next == .drop(Self.transaction))
    }

    /// No event makes a second transaction of one order.
    @Test(arguments: stages.indices)
    func nothingIsPreparedTwice(stage: Int) {
        var purchase = NamePurchase(Self.orders[0], price: Self.price, stage: Self.stages[stage])
        let other = PreparedTransaction(hash: Bytes32(), fee: .zero, metadata: "bb")
        #expect(purchase.handle(.prepared(other)) == (stage == 0))
        if stage == 3 {
            for event in [.sent, .seen(.unknown), .seen(.dropped), .seen(.waiting)] as [NamePurchase.Event] {
                #expect(purchase.handle(event) == false)
            }
        }
    }

    /// Whether the wallet's fee contains the price is not known.
    @Test(arguments: [(5, 100, 5), (105, 100, 5), (100, 100, 0), (5, 0, 5)] as [(UInt64, UInt64, UInt64)])
    func feesBeyondThePrice(fee: UInt64, price: UInt64, beyond: UInt64) {
        let transaction = PreparedTransaction(hash: Bytes32(), fee: .init(units: fee), metadata: "")
        #expect(transaction.fee(beyond: .init(units: price)) == .init(units: beyond))
    }
}
